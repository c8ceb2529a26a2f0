import { useEffect } from 'react';
import { useText } from '../i18n/text.tsx';

/** Names the page for the browser's history and for who hears it. */
export function usePageTitle(title: string | undefined): void {
  const { product } = useText();
  useEffect(() => {
    document.title = title ? `${title} – ${product}` : product;
  }, [title, product]);
}
