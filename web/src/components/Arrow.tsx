/** Stands between who acts and whom it is done to. */
export function Arrow() {
  return (
    <>
      <span class="quiet" aria-hidden="true"> → </span>
      <span class="unseen"> to </span>
    </>
  );
}
