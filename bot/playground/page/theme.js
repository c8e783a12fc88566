/* Light or dark before anything is painted: the page never flashes. main.js switches. */
let wish = null;
try {
	wish = localStorage.getItem("playground-theme");
} catch {
	// Without storage the system decides.
}
document.documentElement.dataset.theme = wish ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
