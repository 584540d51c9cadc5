/** What the marks in a text mean. */
export function Legend() {
  return (
    <p class="legend quiet">
      <span class="mark trigger quad-1">cooperation</span> <span class="mark trigger quad-4">conflict</span>{' '}
      <span class="mark quote">quoted or reported</span> <span class="mark claimant">who claims it</span>{' '}
      <span class="mark lit-actor">actor</span> <span class="mark lit-recipient">recipient</span>
    </p>
  );
}
