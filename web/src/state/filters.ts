/** The event filters of the API that a reader can set, as they stand in the address. */
export const FILTERS = [
  'party', 'with', 'actor', 'recipient', 'claimant', 'type', 'mode', 'aux', 'context', 'quad', 'from', 'to', 'country',
  'place', 'source', 'claims_min', 'claims_max', 'confidence', 'text', 'happening', 'document',
] as const;

export type FilterName = (typeof FILTERS)[number];

/** The filters set in an address. */
export function filtersOf(query: URLSearchParams): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) found[name] = value;
  }
  return found;
}
