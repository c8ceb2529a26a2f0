import { Link } from 'wouter';
import { useText } from '../i18n/text.tsx';
import { usePageTitle } from './page-title.ts';

export function NotFoundPage() {
  const text = useText();
  usePageTitle(text.notFound);
  return (
    <div className="message">
      <h1>{text.notFound}</h1>
      <p>{text.notFoundHint}</p>
      <Link href="/">{text.toLibrary}</Link>
    </div>
  );
}
