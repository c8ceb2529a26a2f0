import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { type FormEvent, useEffect, useState } from 'react';
import { Failure } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { type DetailsChange, type FileDetails, useChangeDetails } from './file-queries.ts';

interface Draft {
  readonly description: string;
  readonly tags: string;
}

const draftOf = ({ description, tags }: FileDetails): Draft => ({
  description: description ?? '',
  tags: tags?.join(', ') ?? '',
});

const isSame = (one: Draft, other: Draft): boolean => one.description === other.description && one.tags === other.tags;

/** What a draft changes of a file; null takes a detail away. */
function changeOf({ description, tags }: Draft, before: Draft): DetailsChange {
  const list = tags
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
  return {
    ...(description !== before.description && { description: description.trim() || null }),
    ...(tags !== before.tags && { tags: list.length > 0 ? list : null }),
  };
}

export interface DetailsFormProps {
  readonly file: FileDetails;
  /** Entity tag of the file as it is shown. */
  readonly tag: string;
}

/**
 * The details that people write. What is being written is kept when somebody else changes the file: saving it is then refused,
 * and the newest details are one press away.
 */
export function DetailsForm({ file, tag }: DetailsFormProps) {
  const text = useText();
  const may = useMay();
  const tell = useNotices();
  const [read, setRead] = useState({ draft: draftOf(file), tag });
  const [draft, setDraft] = useState(read.draft);
  const change = useChangeDetails(file.fileId);
  const isChanged = !isSame(draft, read.draft);
  const takeNewest = () => {
    const newest = draftOf(file);
    setRead({ draft: newest, tag });
    setDraft(newest);
    change.reset();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another state was read; nothing that is being written is lost.
  useEffect(() => {
    if (!isChanged) takeNewest();
  }, [tag]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isChanged) return;
    change.mutate(
      { change: changeOf(draft, read.draft), tag: read.tag },
      {
        onSuccess: ({ data, response }) => {
          const saved = draftOf(data);
          setRead({ draft: saved, tag: response.headers.get('etag') ?? '' });
          setDraft(saved);
          tell({ kind: 'done', message: text.asset.saved });
        },
      },
    );
  };
  const { asset } = text;
  const isReadOnly = !may('files.update');
  const isOvertaken = change.error instanceof Failure && change.error.status === 412;
  return (
    <section aria-labelledby="details">
      <h2 id="details">{asset.details}</h2>
      <form onSubmit={submit} className="details">
        {change.error && (
          <Alert type="error" action={isOvertaken && <Button onClick={takeNewest}>{asset.reload}</Button>}>
            {failureWords(change.error, text)}
          </Alert>
        )}
        <FormField label={asset.description}>
          <Textarea
            value={draft.description}
            rows={3}
            readOnly={isReadOnly}
            onChange={({ detail }) => setDraft({ ...draft, description: detail.value })}
          />
        </FormField>
        <FormField label={asset.tags} constraintText={isReadOnly ? undefined : asset.tagsHint}>
          <Input
            value={draft.tags}
            readOnly={isReadOnly}
            onChange={({ detail }) => setDraft({ ...draft, tags: detail.value })}
          />
        </FormField>
        {!isReadOnly && (
          <Button variant="primary" disabled={!isChanged} loading={change.isPending}>
            {text.save}
          </Button>
        )}
      </form>
    </section>
  );
}
