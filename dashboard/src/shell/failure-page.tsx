import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { failureWords } from './failure-words.ts';

export interface FailurePageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

export function FailurePage({ error, retry }: FailurePageProps) {
  const text = useText();
  return (
    <div className="message" role="alert">
      <h2>{text.failure.title}</h2>
      <p>{failureWords(error, text)}</p>
      <Button onClick={retry}>{text.retry}</Button>
    </div>
  );
}
