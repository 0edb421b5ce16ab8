/** The pages by their address. Each is loaded when it is first opened. */
export const pages = {
  '/': async () => (await import('../compose/compose.tsx')).Compose,
  '/gallery': async () => (await import('../gallery/gallery.tsx')).Gallery,
  '/library': async () => (await import('../library/library.tsx')).Library,
  '/projects': async () => (await import('../projects/projects.tsx')).Projects,
  '/settings': async () => (await import('../settings/settings.tsx')).Settings,
} as const;
