import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useText } from '../i18n/text.tsx';

/** What is said about something that was done, or that did not work. */
export interface Notice {
  readonly kind: 'done' | 'failed';
  readonly message: string;
  /** Something that can still be done about it; the notice then stays until it is closed. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Shown extends Notice {
  readonly id: number;
}

/** Older ones go, so that they never cover the page. */
const MOST = 3;

/** Milliseconds for which a notice is shown that asks for nothing. */
const SHOWN_FOR = 6000;

const Context = createContext<((notice: Notice) => void) | undefined>(undefined);

let last = 0;

export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const tell = useMemo(
    () => (notice: Notice) => setShown((before) => [...before, { ...notice, id: ++last }].slice(-MOST)),
    [],
  );
  const close = (id: number) => setShown((before) => before.filter((one) => one.id !== id));
  return (
    <Context value={tell}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {shown.map((notice) => (
          <NoticeLine key={notice.id} notice={notice} close={() => close(notice.id)} />
        ))}
      </div>
    </Context>
  );
}

function NoticeLine({ notice, close }: { readonly notice: Shown; readonly close: () => void }) {
  const text = useText();
  const { kind, message, action } = notice;
  const goes = kind === 'done' && !action;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time runs from when it is shown, whatever else is drawn anew.
  useEffect(() => {
    if (!goes) return;
    const timer = setTimeout(close, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [goes]);
  const act = () => {
    close();
    action?.run();
  };
  return (
    <div className={`notice notice-${kind}`}>
      <span>{message}</span>
      {action && (
        <button type="button" onClick={act}>
          {action.label}
        </button>
      )}
      <button type="button" aria-label={text.close} onClick={close}>
        ✕
      </button>
    </div>
  );
}

/** Tells people something, wherever they are. */
export function useNotices(): (notice: Notice) => void {
  const tell = useContext(Context);
  if (!tell) throw new Error('There is no NoticeProvider around this.');
  return tell;
}
