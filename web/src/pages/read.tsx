import { useState } from 'preact/hooks';
import { get, post } from '../api';
import { useLoaded } from '../load';
import { EventCard } from '../parts/event';
import { ExportButton } from '../parts/export';
import { Waiting } from '../parts/waiting';
import { go, withQuery } from '../route';
import { type Mark, cut, webLink } from '../text';
import type { Annotation, DocumentEntry, List } from '../types';

/** An article with everything that was read out of it; without one, the newest articles and a place to paste one. */
export function Read({ id, query }: { id: string; query: URLSearchParams }) {
  if (!id) return <Choose />;
  return <Stored id={id} chosen={query.get('event') ?? ''} />;
}

function Stored({ id, chosen }: { id: string; chosen: string }) {
  const loaded = useLoaded(`document ${id}`, () => get<{ annotation: Annotation }>(`documents/${encodeURIComponent(id)}`));
  return <Waiting of={loaded}>{({ annotation }) => <Article of={annotation} chosen={chosen} choose={chooseInAddress} />}</Waiting>;
}

function chooseInAddress(event: string): void {
  go(withQuery({ event }), true);
}

function Choose() {
  const loaded = useLoaded('documents', () => get<List<DocumentEntry>>('documents', { limit: 40 }));
  return (
    <>
      <h1>Read</h1>
      <Paste />
      <h2>Newest articles</h2>
      <Waiting of={loaded}>
        {(list) => (
          <ul>
            {list.items.map((entry) => (
              <li>
                <time>{entry.published ?? 'undated'}</time>{' '}
                <a href={`/read/${encodeURIComponent(entry.document_id)}`}>{entry.title ?? entry.document_id}</a>{' '}
                <small>
                  {entry.publication} · {entry.event_count} events
                </small>
              </li>
            ))}
          </ul>
        )}
      </Waiting>
    </>
  );
}

/** An article is pasted and seen coded; nothing is stored. */
function Paste() {
  const [coded, set] = useState<Annotation | null>(null);
  const [chosen, choose] = useState('');
  const [told, tell] = useState('');
  const send = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const published = String(data.get('published') ?? '');
    tell('Coding…');
    post<Annotation>('code', { text: String(data.get('text') ?? ''), ...(published ? { published } : {}) }).then(
      (annotation) => {
        set(annotation);
        tell('');
      },
      (error: Error) => tell(error.message),
    );
  };
  return (
    <>
      <form class="paste" onSubmit={send}>
        <label>
          An article <textarea name="text" rows={6} required />
        </label>
        <label>
          Published <input name="published" type="date" />
        </label>
        <button>Code it</button> <span role="status">{told}</span>
      </form>
      {coded && <Article of={coded} chosen={chosen} choose={choose} />}
    </>
  );
}

function marksOf(annotation: Annotation, chosen: string): Mark[] {
  const marks: Mark[] = annotation.statements.map((statement) => ({ ...statement.content, kind: 'quote', id: statement.id }));
  for (const event of annotation.events) {
    marks.push({ ...event.trigger, kind: event.quad_code <= 2 ? 'friendly' : 'hostile', id: event.id });
    if (event.id !== chosen) continue;
    event.actor.forEach((party) => marks.push({ start: party.start, end: party.end, kind: 'actor', id: event.id }));
    event.recipient.forEach((party) => marks.push({ start: party.start, end: party.end, kind: 'recipient', id: event.id }));
    event.claim.forEach((party) => marks.push({ start: party.start, end: party.end, kind: 'claim', id: event.id }));
    if (event.condition) marks.push({ ...event.condition, kind: 'condition', id: event.id });
  }
  return marks;
}

function Article({ of, chosen, choose }: { of: Annotation; chosen: string; choose: (id: string) => void }) {
  const pieces = cut(of.text, marksOf(of, chosen));
  const link = webLink(of.url);
  const event = of.events.find((event) => event.id === chosen);
  return (
    <div class="article">
      <section aria-label="Article">
        <p class="source">
          {of.published} {of.publication} {link && <a href={link} rel="noreferrer noopener" target="_blank">original</a>}
        </p>
        <p class="text">
          {pieces.map((piece) => {
            const trigger = piece.marks.find((mark) => mark.kind === 'friendly' || mark.kind === 'hostile');
            const classes = piece.marks.map((mark) => mark.kind).join(' ');
            if (trigger)
              return (
                <button
                  type="button"
                  class={`mark ${classes}`}
                  aria-pressed={trigger.id === chosen}
                  onClick={() => choose(trigger.id === chosen ? '' : trigger.id)}
                >
                  {piece.text}
                </button>
              );
            return classes ? <span class={`mark ${classes}`}>{piece.text}</span> : piece.text;
          })}
        </p>
        <p class="legend">
          <span class="mark friendly">cooperation</span> <span class="mark hostile">conflict</span> <span class="mark quote">statement</span>{' '}
          <span class="mark actor">actor</span> <span class="mark recipient">recipient</span> <span class="mark claim">on whose word</span>
        </p>
        <ExportButton name={of.id} value={of} />
      </section>
      <section aria-label="Events">
        <h2>{event ? 'The chosen event' : `${of.events.length} events`}</h2>
        {event && (
          <button type="button" class="quiet" onClick={() => choose('')}>
            All events
          </button>
        )}
        {(event ? [event] : of.events).map((event) => (
          <EventCard key={event.id} stored={{ event, title: of.title ?? null, source: of.publication ?? null }} />
        ))}
      </section>
    </div>
  );
}
