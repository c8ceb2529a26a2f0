import { useText } from '../i18n/text.tsx';

export interface TreeToggleProps {
  /** Of the folder. */
  readonly name: string;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

/** Shows what is in a folder of a tree, or hides it. */
export function TreeToggle({ name, isOpen, toggle }: TreeToggleProps) {
  const { browse } = useText();
  return (
    <button
      type="button"
      className="tree-toggle"
      aria-expanded={isOpen}
      aria-label={isOpen ? browse.collapse(name) : browse.expand(name)}
      onClick={toggle}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={isOpen ? 'm7 10 5 5 5-5' : 'm10 7 5 5-5 5'} />
      </svg>
    </button>
  );
}
