import { keepToken } from '../api/client';
import { Field } from './Field';

function submit(event: SubmitEvent): void {
  event.preventDefault();
  keepToken(String(new FormData(event.currentTarget as HTMLFormElement).get('token') ?? ''));
  location.reload();
}

/** Asks for the token that this server lets readers in by. */
export function TokenForm() {
  return (
    <>
      <h1>A token is needed</h1>
      <form class="filters" aria-label="Token" onSubmit={submit}>
        <Field label="Token"><input name="token" type="password" required autocomplete="off" /></Field>
        <div class="buttons"><button type="submit" class="primary">Go on</button></div>
      </form>
      <p class="quiet">It is kept until this tab is closed.</p>
    </>
  );
}
