// One's own position, by a button: the browser asks the person, and nobody else is told.

interface Answers {
  found: (at: { lng: number; lat: number }) => void;
  /** `denied`: the person, or their device, does not allow it. */
  refused: (denied: boolean) => void;
}

/** Shows the button where a position can be had, and asks for it when it is pressed. */
export function offerPosition(button: HTMLButtonElement | undefined, { found, refused }: Answers): void {
  if (!button || !("geolocation" in navigator) || !window.isSecureContext) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        button.disabled = false;
        found({ lng: coords.longitude, lat: coords.latitude });
      },
      ({ code }) => {
        button.disabled = false;
        refused(code === GeolocationPositionError.PERMISSION_DENIED);
      },
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  });
}
