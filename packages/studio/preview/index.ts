export { type DraftServer, type MediumAddress, pageServer, type SpokenFacts, storedAddress } from './draft-server.ts';
export { Preview, type PreviewProps } from './preview.tsx';
export { type PreviewLabels, previewLabels } from './preview-labels.ts';
