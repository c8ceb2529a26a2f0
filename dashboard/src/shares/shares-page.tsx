import Button from '@cloudscape-design/components/button';
import { formatMoment } from '../i18n/format.ts';
import { useText, useTexts } from '../i18n/text.tsx';
import { FailurePage } from '../shell/failure-page.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { type Share, useRevokeShare, useShares } from './share-queries.ts';

/** The links by which others see files, and the way to end them. */
export default function SharesPage() {
  const { shares } = useText();
  usePageTitle(shares.title);
  const { data, error, isPending, refetch } = useShares();
  return (
    <div className="page">
      <h1>{shares.title}</h1>
      <p>{shares.hint}</p>
      {isPending && <PageSkeleton />}
      {error && <FailurePage error={error} retry={() => void refetch()} />}
      {data?.length === 0 && (
        <div className="message">
          <h2>{shares.none}</h2>
        </div>
      )}
      <ul className="trash">
        {data?.toReversed().map((share) => (
          <ShareLine key={share.id} share={share} />
        ))}
      </ul>
    </div>
  );
}

function ShareLine({ share }: { readonly share: Share }) {
  const { text, locale } = useTexts();
  const { shares, select } = text;
  const tell = useNotices();
  const revoking = useRevokeShare();
  const { id, name, files, hasPassword, expiresAt } = share;
  const revoke = () =>
    revoking.mutate(id, {
      onSuccess: () => tell({ kind: 'done', message: shares.revoked(name) }),
      onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
    });
  return (
    <li>
      <span>
        <strong>{name}</strong> {hasPassword && <span className="badge">{shares.password}</span>}
        <br />
        <span className="quiet">
          {select.files(files)} · {shares.until(formatMoment(expiresAt, locale))}
        </span>
      </span>
      <Button ariaLabel={shares.revoke(name)} loading={revoking.isPending} onClick={revoke}>
        {shares.revokeShort}
      </Button>
    </li>
  );
}
