import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { dataOf } from '../api/failure.ts';
import { useText } from '../i18n/text.tsx';
import { failureWords } from '../shell/failure-words.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';

/** Asks for the words that the API names, with the number of things in them: what came meanwhile makes it refuse. */
export default function EmptyTrashDialog({ close }: { readonly close: () => void }) {
  const text = useText();
  const { trash, select } = text;
  const tell = useNotices();
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const asked = useQuery({
    queryKey: ['trash', 'confirm'],
    queryFn: () => dataOf(api.POST('/v1/trash/empty', { body: {} })),
    staleTime: 0,
    gcTime: 0,
  });
  const emptying = useMutation({
    mutationFn: () => dataOf(api.POST('/v1/trash/empty', { body: { confirm: typed.trim() } })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['trash'] });
      tell({ kind: 'done', message: trash.emptied });
      close();
    },
  });
  const words = asked.data?.confirm;
  const error = asked.error ?? emptying.error;
  return (
    <FormDialog
      title={trash.emptyIt}
      submitLabel={trash.emptyIt}
      submit={() => emptying.mutate()}
      close={close}
      canSubmit={words !== undefined && typed.trim() === words}
      isBusy={emptying.isPending}
    >
      <p>{select.purgeHint}</p>
      <FormField label={select.purgeType(words ?? '…')} errorText={error && failureWords(error, text)}>
        <Input value={typed} autoFocus onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
