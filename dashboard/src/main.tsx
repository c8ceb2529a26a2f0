import './ahead.ts';
import '@cloudscape-design/global-styles/index.css';
import './shell/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { TextProvider } from './i18n/text.tsx';
import { App } from './shell/app.tsx';
import { showChosenTheme } from './shell/theme.ts';

showChosenTheme();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <TextProvider>
        <App />
      </TextProvider>
    </StrictMode>,
  );
