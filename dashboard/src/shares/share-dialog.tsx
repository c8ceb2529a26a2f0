import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { idsOf } from '../select/chosen-files.ts';
import type { SelectionDialogProps } from '../select/selection-dialog.ts';
import { failureWords } from '../shell/failure-words.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useMakeShare } from './share-queries.ts';
import { ShareUrl } from './share-url.tsx';

/** Lives that are offered, in seconds: an hour, a day, a week, 30 days. */
const LIVES = [3600, 86_400, 604_800, 2_592_000] as const;

type Life = (typeof LIVES)[number];

/** Letters of a password at least (`shares.create`). */
const SHORTEST = 8;

/** Makes a link by which others see the selected files, and shows it once. */
export function ShareDialog({ files, close }: SelectionDialogProps) {
  const text = useText();
  const { shares } = text;
  const [name, setName] = useState(files.sample[0]?.name ?? '');
  const [password, setPassword] = useState('');
  const [seconds, setSeconds] = useState<Life>(604_800);
  const { mutate, data: made, error, isPending } = useMakeShare();
  if (made) return <ShareUrl url={made.url} close={close} />;
  const isShort = password !== '' && password.length < SHORTEST;
  const submit = async () =>
    mutate({
      ...{ fileIds: await idsOf(files), name: name.trim(), seconds, forms: ['original'] },
      ...(password !== '' && { password }),
    });
  return (
    <FormDialog
      title={shares.shareFiles(files.count)}
      submitLabel={shares.make}
      submit={() => void submit()}
      close={close}
      isBusy={isPending}
      canSubmit={name.trim() !== '' && !isShort}
    >
      <FormField label={shares.name} errorText={error && failureWords(error, text)}>
        <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <label className="dialog-field">
        {shares.life}
        <select
          value={seconds}
          onChange={({ target }) => setSeconds(LIVES.find((one) => String(one) === target.value) ?? seconds)}
        >
          {LIVES.map((one) => (
            <option key={one} value={one}>
              {shares.lives[one]}
            </option>
          ))}
        </select>
      </label>
      <FormField label={shares.password} constraintText={shares.passwordHint(SHORTEST)}>
        <Input
          value={password}
          type="password"
          autoComplete="new-password"
          onChange={({ detail }) => setPassword(detail.value)}
        />
      </FormField>
    </FormDialog>
  );
}
