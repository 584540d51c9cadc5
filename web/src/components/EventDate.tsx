import { isAfter, readableDate } from '../words';

interface Props {
  date: string | null;
  /** When it was published, or the last of its reports was. */
  published: string | null | undefined;
  /** What did not, or not yet, take place may well lie ahead. */
  aux?: readonly string[];
}

/** The day of an event, with a mark where its article is older: such a date was planned, or misread. */
export function EventDate({ date, published, aux = [] }: Props) {
  const isAhead = aux.length === 0 && isAfter(date, published);
  return (
    <>
      <time dateTime={date ?? undefined}>{readableDate(date)}</time>
      {isAhead && <span class="ahead" title={`published ${readableDate(published ?? null)}`}> after the article’s date</span>}
    </>
  );
}
