import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { useText } from '../i18n/text.tsx';

export interface FormDialogProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly submitLabel: string;
  readonly submit: () => void;
  readonly close: () => void;
  /** @default true */
  readonly canSubmit?: boolean;
  /** @default false */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
}

/** A dialog that asks something: Enter does it, Escape does not. */
export function FormDialog(props: FormDialogProps) {
  const { title, submitLabel, submit, close, canSubmit = true, isBusy = false, children } = props;
  const text = useText();
  const form = useId();
  useFocusAfterwards();
  const press = (event: FormEvent) => {
    event.preventDefault();
    if (canSubmit && !isBusy) submit();
  };
  return (
    <Modal
      visible
      onDismiss={close}
      header={title}
      closeAriaLabel={text.close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {text.cancel}
            </Button>
            <Button variant="primary" form={form} formAction="submit" loading={isBusy} disabled={!canSubmit}>
              {submitLabel}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form id={form} onSubmit={press}>
        {children}
      </form>
    </Modal>
  );
}

/** Whoever leaves the dialog is where they were before: a field that takes the focus at once keeps the dialog from knowing it. */
function useFocusAfterwards(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
