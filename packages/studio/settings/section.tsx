import type { ReactNode } from 'react';

/** A part of the settings, with what went wrong in it. */
export function Section({
  title,
  about,
  failure,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly failure?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel settings-card" aria-label={title}>
      <h2>{title}</h2>
      {about !== undefined && <p className="quiet small settings-about">{about}</p>}
      {failure !== undefined && (
        <p role="alert" className="finding wrong">
          {failure}
        </p>
      )}
      {children}
    </section>
  );
}
