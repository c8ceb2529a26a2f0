declare module '@cloudscape-design/global-styles/index.css';
