import { sendBytes } from './send-bytes.ts';
import { parametersOf, type SendOrder } from './send-order.ts';
import { sendInParts } from './send-parts.ts';

/** Bytes up to which one call brings a file; the API's own limit is 4.5 MB, the form around it included. */
const IN_ONE_CALL = 4_000_000;

/** Uploads one file. @returns its `fileId`. @throws Failure, or the signal's reason */
export const sendFile = (order: SendOrder): Promise<string> => {
  const { source } = order;
  return source instanceof File && source.size > IN_ONE_CALL ? sendInParts({ ...order, source }) : sendInOneCall(order);
};

async function sendInOneCall({ upload, source, progress, signal }: SendOrder): Promise<string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(parametersOf(upload)))
    body.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  body.set('file', source);
  const answer = await sendBytes({
    ...{ method: 'POST', url: '/v1/files/upload', headers: { 'x-vitrine': '1' }, body, signal },
    // The form is a little more than the file.
    progress: (bytes) => progress(source instanceof File ? Math.min(bytes, source.size) : 0),
  });
  return (JSON.parse(answer) as { readonly fileId: string }).fileId;
}
