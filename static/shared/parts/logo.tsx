// The app's logo: a door in the light of a lamp.
export function Logo() {
  return (
    <svg class="mark" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
      <rect class="mark__lamp" width="36" height="36" rx="10" />
      <path
        class="mark__door"
        d="M11 29V10.5A2.5 2.5 0 0 1 13.5 8h9a2.5 2.5 0 0 1 2.5 2.5V29M7.5 29h21M15 19.5l2.5 2.5 4-5"
      />
    </svg>
  );
}
