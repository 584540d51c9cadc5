import type { Annotation, Span } from '../api/types';
import { cutAt } from './code_points';

export type MarkKind = 'trigger' | 'actor' | 'recipient' | 'claimant' | 'content' | 'quote' | 'cue' | 'speaker';

/** A stretch of the text and the record that it belongs to. */
export interface Mark extends Span {
  kind: MarkKind;
  /** Id of the event or statement. */
  of: string;
}

/** Text between two neighbouring boundaries of marks, with all marks over it. */
export interface Piece {
  text: string;
  /** Where the boundary before it lies. */
  from: number;
  marks: Mark[];
}

/** All marks of an article. */
export function marksOf(article: Annotation): Mark[] {
  const marks: Mark[] = [];
  const add = (kind: MarkKind, of: string, span: Span | null): void => {
    if (span && span.end > span.start) marks.push({ kind, of, start: span.start, end: span.end });
  };
  for (const event of article.events) {
    add('trigger', event.id, event.trigger);
    add('content', event.id, event.content);
    event.actor.forEach((each) => add('actor', event.id, each));
    event.recipient.forEach((each) => add('recipient', event.id, each));
    event.claim.forEach((each) => add('claimant', event.id, each));
  }
  for (const statement of article.statements) {
    add('quote', statement.id, statement.content);
    add('cue', statement.id, statement.cue);
    add('speaker', statement.id, statement.speaker);
  }
  return marks;
}

// A browser takes minutes to lay out a line of a megabyte, but passes over paragraphs that are not in view.
const LONGEST = 6000;
const CHUNK = new RegExp(`[^]{1,${LONGEST}}(?:\\s|$)|[^]{1,${LONGEST}}`, 'gu');

const chunksOf = (line: string): string[] => (line.length > LONGEST ? (line.match(CHUNK) ?? []) : line ? [line] : []);

/** The article as paragraphs of pieces; a paragraph that is too long for a browser is broken between words. */
export function paragraphsOf(text: string, marks: readonly Mark[]): Piece[][] {
  const starts = [...marks].sort((a, b) => a.start - b.start);
  const cuts = [...new Set(marks.flatMap((mark) => [mark.start, mark.end]))].sort((a, b) => a - b);
  const paragraphs: Piece[][] = [[]];
  let open: Mark[] = [];
  let nextStart = 0;
  cutAt(text, cuts).forEach((piece, number) => {
    const from = number === 0 ? 0 : (cuts[number - 1] ?? 0);
    open = open.filter((mark) => mark.end > from);
    for (let mark = starts[nextStart]; mark && mark.start <= from; mark = starts[++nextStart]) {
      if (mark.end > from) open.push(mark);
    }
    const over = open;
    piece.split('\n').forEach((line, index) => {
      if (index > 0) paragraphs.push([]);
      chunksOf(line).forEach((chunk, part) => {
        if (part > 0) paragraphs.push([]);
        paragraphs[paragraphs.length - 1]?.push({ text: chunk, from, marks: over });
      });
    });
  });
  return paragraphs.filter((paragraph) => paragraph.length > 0);
}
