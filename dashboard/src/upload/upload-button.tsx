import Button from '@cloudscape-design/components/button';
import { useRef } from 'react';
import { useText } from '../i18n/text.tsx';
import { shownFolder, useUploadQueue } from './upload-provider.tsx';

/** Chooses files on this machine for the folder that is shown. */
export function UploadButton() {
  const { upload } = useText();
  const queue = useUploadQueue();
  const input = useRef<HTMLInputElement>(null);
  if (!queue) return null;
  const add = (files: FileList | null) => {
    queue.add([...(files ?? [])].map((file) => ({ file, folder: shownFolder() })));
    // The same file chosen again is another choice.
    if (input.current) input.current.value = '';
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden onChange={(event) => add(event.target.files)} />
      <Button variant="primary" onClick={() => input.current?.click()}>
        {upload.button}
      </Button>
    </>
  );
}
