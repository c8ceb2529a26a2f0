import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useText } from '../i18n/text.tsx';
import { signInUrl } from './session.ts';

export interface SignInPageProps {
  /** Whether somebody was signed in a moment ago. */
  readonly hasEnded: boolean;
  /** Whether the deployment has nobody who could sign in. */
  readonly isOff: boolean;
}

export function SignInPage({ hasEnded, isOff }: SignInPageProps) {
  const { session, product } = useText();
  return (
    <main className="sign-in">
      <h1>{product}</h1>
      {hasEnded && <Alert type="info">{session.ended}</Alert>}
      {isOff ? <Alert type="warning">{session.off}</Alert> : <p>{session.intro}</p>}
      {!isOff && (
        <Button variant="primary" href={signInUrl()}>
          {session.signIn}
        </Button>
      )}
    </main>
  );
}
