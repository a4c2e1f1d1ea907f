import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { present } from '../../shared/errors/errors.ts';
import '../ui/Badge.css';
import { App } from './App.tsx';
import { startSession } from './session.ts';
import './theme/tokens.css';
import './theme/base.css';

startSession();
createRoot(present(document.getElementById('root'), 'the root element')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
