import type { ListedHappening, StoredEvent, StoredStatement } from '../api/types';
import { namesOf, partyOf, quadName } from '../words';
import type { Row } from './csv';

export const rowOfEvent = ({ event, source, title, url }: StoredEvent): Row => ({
  id: event.id,
  date: event.date,
  type: event.event,
  mode: event.mode.join(' '),
  quad: quadName(event.quad_code),
  scale: event.event_scale,
  actor: event.actor.map(partyOf).join('; '),
  recipient: event.recipient.map(partyOf).join('; '),
  actor_names: namesOf(event.actor),
  recipient_names: namesOf(event.recipient),
  claim: event.claim.map(partyOf).join('; '),
  trigger: event.trigger.text,
  confidence: event.confidence,
  document: event.document_id,
  source,
  title,
  url,
});

export const rowOfStatement = ({ statement, document_id, published, source }: StoredStatement): Row => ({
  id: statement.id,
  published,
  speaker: statement.speaker?.entity_name,
  code: statement.speaker?.code,
  office: statement.speaker?.office,
  kind: statement.kind,
  text: statement.content.text,
  document: document_id,
  source,
});

export const rowOfHappening = (happening: ListedHappening): Row => ({
  id: happening.id,
  date: happening.date,
  type: happening.event,
  mode: happening.mode.join(' '),
  actors: happening.actors.map((each) => each.value).join('; '),
  recipients: happening.recipients.map((each) => each.value).join('; '),
  place: happening.place,
  scale: happening.event_scale,
  reports: happening.mentions.length,
  sources: happening.sources,
  confidence: happening.confidence,
});
