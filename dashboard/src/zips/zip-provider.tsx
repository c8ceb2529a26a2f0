import { useMutation } from '@tanstack/react-query';
import { createContext, lazy, type ReactNode, Suspense, useContext, useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { type FileParts, idsOf } from '../select/chosen-files.ts';
import { failureWords } from '../shell/failure-words.ts';
import { useNotices } from '../shell/notices.tsx';
import type { Zip } from './zip-panel.tsx';

const ZipPanel = lazy(() => import('./zip-panel.tsx'));

interface Zips {
  readonly list: readonly Zip[];
  readonly begin: (files: FileParts) => void;
  readonly close: (jobId: string) => void;
}

const Context = createContext<Zips | undefined>(undefined);

/** ZIPs are written while people go from page to page. */
export function ZipProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const tell = useNotices();
  const [list, setList] = useState<readonly Zip[]>([]);
  const { mutate } = useMutation({
    mutationFn: async (files: FileParts) => {
      const { jobId } = await dataOf(api.POST('/v1/zips', { body: { fileIds: await idsOf(files) } }));
      return { jobId, files: files.count };
    },
    onSuccess: (zip) => setList((before) => [...before, zip]),
    onError: (error) => tell({ kind: 'failed', message: failureWords(error, text) }),
  });
  const close = (jobId: string) => setList((before) => before.filter((zip) => zip.jobId !== jobId));
  return <Context value={{ list, begin: mutate, close }}>{children}</Context>;
}

export function useZips(): Zips {
  const zips = useContext(Context);
  if (!zips) throw new Error('There is no ZipProvider around this.');
  return zips;
}

/** What becomes of the ZIPs that were asked for. */
export function ZipPanels() {
  const { list, close } = useZips();
  return list.map((zip) => (
    <Suspense key={zip.jobId}>
      <ZipPanel zip={zip} close={() => close(zip.jobId)} />
    </Suspense>
  ));
}
