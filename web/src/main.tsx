import 'antd/dist/reset.css';
import 'antd/dist/antd.css';
import './shared/style/base.css';
import './shared/style/print.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { markStyles } from './app/csp';

markStyles();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
