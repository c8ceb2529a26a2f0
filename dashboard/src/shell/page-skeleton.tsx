import { useText } from '../i18n/text.tsx';

/** Stands where a page will be, without moving anything when it comes. */
export function PageSkeleton() {
  const text = useText();
  return (
    <div className="skeleton" role="status" aria-label={text.loading}>
      <div />
      <div />
      <div />
    </div>
  );
}
