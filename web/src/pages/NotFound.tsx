/** No view has this address. */
export function NotFound() {
  return (
    <>
      <h1>No such page</h1>
      <p><a href="/">Today’s happenings</a></p>
    </>
  );
}
