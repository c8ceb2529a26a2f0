import { useEffect, useRef, useState } from 'react';
import { changedDetails, changeOf, type Draft, draftOf, rebased } from './details-draft.ts';
import { type FileDetails, useChangeDetails } from './file-queries.ts';

/** Milliseconds without a change after which a draft is saved. */
const REST = 1200;

/**
 * A draft of a file's details that saves itself when it rests, or when it is left. What is being written is kept when somebody
 * else changes the file: saving it is then refused, and the newest details are one press away.
 * @param tag entity tag of the file as it is shown
 */
export function useAutosave(file: FileDetails, tag: string) {
  const [read, setRead] = useState({ draft: draftOf(file), tag });
  const [draft, setDraft] = useState(read.draft);
  const { mutate, reset, error, isPending, isSuccess } = useChangeDetails(file.fileId);
  const change = changeOf(draft, read.draft);
  const latest = useRef({ draft, read });
  latest.current = { draft, read };

  const take = (draftOver: (newest: Draft) => Draft) => {
    const newest = draftOf(file);
    setRead({ draft: newest, tag });
    setDraft(draftOver(newest));
    reset();
  };
  const takeNewest = () => take((newest) => newest);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another state was read; nothing that is being written is lost.
  useEffect(() => {
    // The state that was saved here is known already, and is still told as saved.
    if (!change && tag !== read.tag) takeNewest();
  }, [tag]);

  const save = () => {
    if (!change || isPending) return;
    const sent = draft;
    mutate(
      { change, tag: read.tag },
      {
        onSuccess: ({ data, response }) => {
          const saved = draftOf(data);
          setRead({ draft: saved, tag: response.headers.get('etag') ?? '' });
          // What was written while it was on its way stays.
          if (latest.current.draft === sent) setDraft(saved);
        },
      },
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the draft rests; what was refused waits for whoever wrote it.
  useEffect(() => {
    if (!change || error) return;
    const timer = setTimeout(save, REST);
    return () => clearTimeout(timer);
  }, [draft, read, isPending, error]);

  return {
    draft,
    write: (part: Partial<Draft>) => {
      if (error) reset();
      setDraft({ ...draft, ...part });
    },
    save,
    /** Gives up the draft. */
    takeNewest,
    /** Keeps the draft, to be saved over what somebody else wrote. */
    keepMine: () => take((newest) => rebased(draft, read.draft, newest)),
    /** What somebody else wrote since the draft was begun; undefined when nobody changed the file. */
    theirs: tag === read.tag ? undefined : changedDetails(read.draft, draftOf(file)),
    error,
    state: isPending ? ('saving' as const) : change ? ('changed' as const) : isSuccess ? ('saved' as const) : undefined,
  };
}
