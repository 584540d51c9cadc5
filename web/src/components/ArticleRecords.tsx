import type { Annotation } from '../api/types';
import { toDocument } from '../state/links';
import { hrefWith } from '../state/place';
import { lineOf } from '../words';
import { EventDate } from './EventDate';
import { PartyLink } from './PartyLink';
import { TypeTag } from './TypeTag';

interface Props {
  article: Annotation;
  story: readonly string[];
  stored: boolean;
}

/** All records of an article as lists, for those who would rather read down than point. */
export function ArticleRecords({ article, story, stored }: Props) {
  return (
    <div class="columns">
      <section>
        <h2>Events <span class="quiet">{article.events.length}</span></h2>
        <ol class="plain">
          {article.events.map((event) => (
            <li key={event.id}>
              <TypeTag type={event.event} mode={event.mode} quad={event.quad_code} />{' '}
              <a href={hrefWith({ event: event.id })}><bdi>{lineOf(event)}</bdi></a>{' '}
              <span class="quiet"><EventDate date={event.date} published={article.published} aux={event.aux} /></span>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>Statements <span class="quiet">{article.statements.length}</span></h2>
        <ol class="plain">
          {article.statements.map((statement) => (
            <li key={statement.id}>
              <bdi>{statement.speaker?.entity_name ?? 'unnamed'}</bdi>:{' '}
              <a href={hrefWith({ event: statement.id })}><bdi>{statement.content.text}</bdi></a>
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h2>People <span class="quiet">{article.people.length}</span></h2>
        <ul class="plain">
          {article.people.map((person) => (
            <li key={person.start}>
              <bdi>{person.name}</bdi>
              {person.office && <>, <bdi>{person.office}</bdi></>}
              {person.code && <> (<PartyLink code={person.code} />)</>}
            </li>
          ))}
        </ul>
        {stored && story.length > 0 && (
          <>
            <h2>Same story</h2>
            <ul class="plain">{story.map((id) => <li key={id}><a href={toDocument(id)}><bdi>{id}</bdi></a></li>)}</ul>
          </>
        )}
      </section>
    </div>
  );
}
