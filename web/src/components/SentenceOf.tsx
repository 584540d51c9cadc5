import type { Explanation } from '../api/types';
import { cutAt } from '../text/code_points';

/** The sentence that a record rests on, with its trigger marked. */
export function SentenceOf({ explanation: { sentence, event } }: { explanation: Explanation }) {
  const { trigger, text_info, quad_code } = event.event;
  if (!sentence) return <blockquote dir="auto"><mark>{trigger.text}</mark></blockquote>;
  const [before, marked, after] = cutAt(sentence, [trigger.start - text_info.start, trigger.end - text_info.start]);
  // A trigger outside its sentence, as after a correction of the text, is shown beside it and not within.
  if (marked !== trigger.text) return <blockquote dir="auto">{sentence}</blockquote>;
  return <blockquote dir="auto">{before}<mark class={`mark trigger quad-${quad_code}`}>{marked}</mark>{after}</blockquote>;
}
