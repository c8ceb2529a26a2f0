import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useText } from '../i18n/text.tsx';
import { hasSingleKeys, setSingleKeys } from './single-key.ts';

/** Every key that does something, and the way to turn off those that are pressed without Ctrl. */
export default function KeysDialog({ close }: { readonly close: () => void }) {
  const text = useText();
  const { keys } = text;
  const [isOn, setIsOn] = useState(hasSingleKeys);
  const toggle = () => {
    setSingleKeys(!isOn);
    setIsOn(!isOn);
  };
  return (
    <Modal visible onDismiss={close} header={keys.title} closeAriaLabel={text.close}>
      <dl className="facts">
        {keys.list.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="keys-switch">
        <input type="checkbox" checked={isOn} onChange={toggle} /> {keys.single}
      </label>
    </Modal>
  );
}
