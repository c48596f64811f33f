// Placeholder until the component is written.
