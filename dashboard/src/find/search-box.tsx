import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useView } from '../browse/use-view.ts';
import { readView, viewAddress } from '../browse/view.ts';
import { useText } from '../i18n/text.tsx';
import { onSingleKey } from '../shell/single-key.ts';

const SUGGESTIONS = 'search-suggestions';

/** Letters from which on there are suggestions. */
const ENOUGH = 2;

/** One box for the whole library. The browser shows the suggestions for the last word, from the most frequent. */
export function SearchBox() {
  const { find } = useText();
  const [view] = useView();
  const [, navigate] = useLocation();
  const [words, setWords] = useState(view.words);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setWords(view.words), [view.words]);
  useEffect(() => onSingleKey('/', () => input.current?.focus()), []);
  const last = words.split(' ').at(-1) ?? '';
  const before = words.slice(0, words.length - last.length);
  const { data: suggestions = [] } = useSuggestions(last);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { sort, layout } = readView(location.search);
    navigate(viewAddress({ sort, layout, words: words.trim() }));
  };
  return (
    <search className="search">
      <form onSubmit={submit}>
        <input
          ref={input}
          type="search"
          name="words"
          aria-label={find.label}
          placeholder={find.label}
          list={SUGGESTIONS}
          value={words}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <datalist id={SUGGESTIONS}>
          {suggestions.map(({ value }) => (
            <option key={value} value={before + value} />
          ))}
        </datalist>
        <button type="submit" className="bar-button" aria-label={find.submit}>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="10" cy="10" r="6" />
            <path d="m15 15 6 6" />
          </svg>
        </button>
      </form>
    </search>
  );
}

function useSuggestions(prefix: string) {
  return useQuery({
    queryKey: ['suggestions', prefix],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/v1/search/suggestions', { params: { query: { field: 'name', prefix, limit: '8' } }, signal })),
    enabled: prefix.length >= ENOUGH,
    placeholderData: (before) => before,
  });
}
