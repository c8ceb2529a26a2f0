import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import type { FormEvent } from 'react';
import { Failure } from '../api/failure.ts';
import { CustomFields } from '../fields/custom-fields.tsx';
import { useText } from '../i18n/text.tsx';
import { folderOf } from '../select/file-action.ts';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import type { FileDetails } from './file-queries.ts';
import { OtherChanges } from './other-changes.tsx';
import { useAutosave } from './use-autosave.ts';

export interface DetailsFormProps {
  readonly file: FileDetails;
  /** Entity tag of the file as it is shown. */
  readonly tag: string;
}

/** The details that people write. They are saved when whoever writes rests, or leaves a field. */
export function DetailsForm({ file, tag }: DetailsFormProps) {
  const text = useText();
  const may = useMay();
  const { draft, write, save, takeNewest, keepMine, theirs, error, state } = useAutosave(file, tag);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const { asset } = text;
  const isReadOnly = !may('files.update');
  const isRefused = error instanceof Failure && error.status === 412;
  return (
    <section aria-labelledby="details">
      <h2 id="details">{asset.details}</h2>
      <form onSubmit={submit} onBlur={error ? undefined : save} className="details">
        {error && (
          <Alert
            type="error"
            action={
              isRefused &&
              theirs && (
                <>
                  <Button onClick={takeNewest}>{asset.reload}</Button>
                  <Button onClick={keepMine}>{asset.keepMine}</Button>
                </>
              )
            }
          >
            {failureWords(error, text)}
            {isRefused && theirs && <OtherChanges changes={theirs} />}
          </Alert>
        )}
        <FormField label={asset.description}>
          <Textarea
            value={draft.description}
            rows={3}
            readOnly={isReadOnly}
            onChange={({ detail }) => write({ description: detail.value })}
          />
        </FormField>
        <FormField label={asset.tags} constraintText={isReadOnly ? undefined : asset.tagsHint}>
          <Input value={draft.tags} readOnly={isReadOnly} onChange={({ detail }) => write({ tags: detail.value })} />
        </FormField>
        {may('fields.read') && (
          <CustomFields
            values={draft.fields}
            isReadOnly={isReadOnly}
            folderPath={folderOf(file.filePath)}
            write={(name, value) => write({ fields: { ...draft.fields, [name]: value } })}
          />
        )}
        <p className="quiet" role="status">
          {state && asset.saveStates[state]}
        </p>
      </form>
    </section>
  );
}
