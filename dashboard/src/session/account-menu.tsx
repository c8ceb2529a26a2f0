import Button from '@cloudscape-design/components/button';
import { LANGUAGES, type Language } from '../i18n/language.ts';
import { useTexts } from '../i18n/text.tsx';
import { THEMES, type Theme, useTheme } from '../shell/theme.ts';
import { signOut, useMe } from './session.ts';

const MENU = 'account-menu';

/** Who is signed in, and how the page is shown. The browser's own popover closes on Escape and on a click elsewhere. */
export function AccountMenu({ showKeys }: { readonly showKeys: () => void }) {
  const { text, language, choose } = useTexts();
  const [theme, chooseTheme] = useTheme();
  const { data: me } = useMe();
  const { session } = text;
  return (
    <>
      <button type="button" className="bar-button" popoverTarget={MENU} aria-label={session.account}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="8" r="4" />
          <path d="M4 21c0-5 4-7 8-7s8 2 8 7" />
        </svg>
      </button>
      <div id={MENU} popover="auto" className="account-menu">
        <p>
          <strong>{me?.name}</strong>
          <br />
          {me?.mail}
        </p>
        <label>
          {session.language}
          <select value={language} onChange={(event) => choose(event.target.value as Language)}>
            {Object.entries(LANGUAGES).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {session.theme}
          <select value={theme} onChange={(event) => chooseTheme(event.target.value as Theme)}>
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {session.themes[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="menu-line" popoverTarget={MENU} popoverTargetAction="hide" onClick={showKeys}>
          {text.keys.title}
        </button>
        <Button onClick={() => void signOut()}>{session.signOut}</Button>
      </div>
    </>
  );
}
