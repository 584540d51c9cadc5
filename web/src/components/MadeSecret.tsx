import { CopyButton } from './CopyButton';

/** The secret of a webhook, right after it was made. */
export function MadeSecret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <div class="notice" role="group" aria-label={`Secret of ${name}`}>
      <p>
        The secret of <bdi>{name}</bdi>’s webhook: <code>{secret}</code>{' '}
        <CopyButton text={secret} label="Copy the secret">Copy</CopyButton>
      </p>
      <p class="quiet">
        It is not shown again. With it the receiver checks the header X-Entente-Signature: sha256=HEX, the HMAC-SHA256 of the body.
      </p>
      <button type="button" onClick={onClose}>I have it</button>
    </div>
  );
}
