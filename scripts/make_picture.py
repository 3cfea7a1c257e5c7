"""Makes docs/minutes.png, the README's picture: the first page of the final minutes of a sample, as printed.

Needs LibreOffice (soffice) and poppler (pdftoppm). Run it when the minutes look different.
"""

import subprocess
import tempfile
from pathlib import Path

from negotiation_kit.files import library, write_pack
from negotiation_kit.pack import Kit

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "after-meeting.yaml"


def main() -> None:
    kit = Kit(library())
    case = kit.check(SAMPLE.read_text("utf-8"), SAMPLE.name)
    assert case.as_of, "the sample says its day"
    with tempfile.TemporaryDirectory() as folder:
        written = write_pack(Path(folder), kit.pack(case, as_of=case.as_of, languages=("en",)))
        minutes = next(each.path for each in written if each.file.paper.code == "C04")
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, minutes], check=True)
        pages = ["pdftoppm", "-r", "80", "-png", "-f", "1", "-singlefile", Path(folder) / f"{minutes.stem}.pdf"]
        subprocess.run([*pages, ROOT / "docs" / "minutes"], check=True)


if __name__ == "__main__":
    main()
