import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useText } from '../i18n/text.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';

export interface ShareUrlProps {
  readonly url: string;
  readonly close: () => void;
}

/** A link that was made, which nobody can show again. */
export function ShareUrl({ url, close }: ShareUrlProps) {
  const { shares } = useText();
  const tell = useNotices();
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    tell({ kind: 'done', message: shares.copied });
    close();
  };
  return (
    <FormDialog title={shares.made} submitLabel={shares.copy} submit={() => void copy()} close={close}>
      <FormField label={shares.url} constraintText={shares.once}>
        <Input value={url} readOnly autoFocus />
      </FormField>
    </FormDialog>
  );
}
