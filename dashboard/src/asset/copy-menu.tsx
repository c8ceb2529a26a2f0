import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { useMay } from '../session/session.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import { COPY_FORMS, type CopyForm, copyText } from './copy-text.ts';
import type { FileDetails } from './file-queries.ts';

/** Lives of signed URLs, in seconds. */
const LIVES = [3600, 86_400, 604_800] as const;

type Life = (typeof LIVES)[number];

/** Copies a file's URL as it is pasted elsewhere: plain, as HTML, Markdown or code, or signed for a while. */
export function CopyMenu({ file }: { readonly file: FileDetails }) {
  const text = useText();
  const { asset } = text;
  const may = useMay();
  const tell = useNotices();
  const [form, setForm] = useState<CopyForm>('plain');
  const [life, setLife] = useState<Life>();
  const copy = async () => {
    try {
      const url = life === undefined ? file.url : await signedUrl(file.fileId, life);
      await navigator.clipboard.writeText(copyText(form, { ...file, url, isSigned: life !== undefined }));
      tell({ kind: 'done', message: asset.copied });
    } catch (error) {
      tell({ kind: 'failed', message: failureWords(error, text) });
    }
  };
  // A signature holds for one URL, so what has several URLs cannot be signed.
  const forms = life === undefined ? COPY_FORMS : COPY_FORMS.filter((one) => one === 'plain' || one === 'markdown');
  return (
    <div className="copy">
      <select aria-label={asset.copyAs} value={form} onChange={({ target }) => setForm(target.value as CopyForm)}>
        {forms.map((one) => (
          <option key={one} value={one}>
            {asset.copyForms[one]}
          </option>
        ))}
      </select>
      {may('files.sign') && (
        <select
          aria-label={asset.copyLife}
          value={life ?? ''}
          onChange={({ target }) => {
            setLife(LIVES.find((one) => String(one) === target.value));
            setForm('plain');
          }}
        >
          <option value="">{asset.unsigned}</option>
          {LIVES.map((one) => (
            <option key={one} value={one}>
              {asset.lives[one]}
            </option>
          ))}
        </select>
      )}
      <Button onClick={() => void copy()}>{asset.copy}</Button>
    </div>
  );
}

async function signedUrl(fileId: string, expiresIn: Life): Promise<string> {
  const call = api.POST('/v1/files/{fileId}/signed-url', { params: { path: { fileId } }, body: { expiresIn } });
  return (await dataOf(call)).url;
}
