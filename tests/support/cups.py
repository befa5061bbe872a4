"""Run a real cupsd on loopback; its queues send documents to their printers unchanged."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handouts.printing.ipp.address import Address
from handouts.printing.ipp.exchange import send_request
from handouts.printing.ipp.message import Attribute, Group, GroupTag, Message, Tag
from support.printers import HOST, answered, free_port, process, wait_until

_ACCEPT, _REJECT, _PAUSE, _RESUME, _ADD, _REMOVE, _SET_DEFAULT = 0x4008, 0x4009, 0x0010, 0x0011, 0x4003, 0x4004, 0x400A
_GET_JOBS = 0x000A
_CONFIG: Final = """\
Listen 127.0.0.1:{port}
Listen {folder}/socket
Browsing Off
WebInterface No
DefaultAuthType None
MaxLogSize 0
DirtyCleanInterval 0
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess default
  JobPrivateValues default
  SubscriptionPrivateAccess default
  SubscriptionPrivateValues default
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
_FILES: Final = """\
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
ErrorLog stderr
AccessLog {folder}/access
PageLog {folder}/page
"""
# A duplex printer that accepts PDF, so that no filter is needed.
_PPD: Final = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsFilter2: "application/pdf application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: Letter
*PageSize Letter/US Letter: ""
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: Letter
*PageRegion Letter/US Letter: ""
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: Letter
*ImageableArea Letter/US Letter: "0 0 612 792"
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: Letter
*PaperDimension Letter/US Letter: "612 792"
*PaperDimension A4/A4: "595 842"
*OpenUI *InputSlot/Tray: PickOne
*DefaultInputSlot: Main
*InputSlot Main/Main: ""
*InputSlot Photo/Photo: ""
*CloseUI: *InputSlot
*OpenUI *Duplex/Two-Sided: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long-Edge: ""
*Duplex DuplexTumble/Short-Edge: ""
*CloseUI: *Duplex
"""


@dataclass(frozen=True)
class Cups:
    """A running CUPS; `server` is the value for CUPS_SERVER."""

    port: int
    folder: Path

    @property
    def server(self) -> str:
        return str(self.folder / "socket")

    def add(self, name: str, device: str, location: str = "") -> None:
        """Add a queue that sends to a printer."""
        accepting = Attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", (True,))
        described = Attribute(Tag.TEXT, "printer-location", (location,))
        uri = Attribute(Tag.URI, "device-uri", (device,))
        idle = Attribute(Tag.ENUM, "printer-state", (3,))
        self._request(_ADD, name, (accepting, described, uri, idle), _PPD.encode())

    def remove(self, name: str) -> None:
        self._request(_REMOVE, name)

    def make_default(self, name: str) -> None:
        self._request(_SET_DEFAULT, name)

    def pause(self, name: str) -> None:
        self._request(_PAUSE, name)

    def reject_jobs(self, name: str) -> None:
        self._request(_REJECT, name)

    def waiting(self) -> int:
        """Return the number of jobs that are not completed, of all queues."""
        head = (
            Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
            Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
            Attribute(Tag.URI, "printer-uri", ("ipp://localhost/",)),
            Attribute(Tag.KEYWORD, "which-jobs", ("not-completed",)),
        )
        request = Message(_GET_JOBS, 1, (Group(GroupTag.OPERATION, head),))
        answer = send_request(Address(HOST, "/", self.port), request)
        return sum(group.tag == GroupTag.JOB for group in answer.groups)

    def _request(self, operation: int, name: str, printer: tuple[Attribute, ...] = (), document: bytes = b"") -> None:
        address = Address(HOST, "/admin/", self.port)
        head = (
            Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
            Attribute(Tag.LANGUAGE, "attributes-natural-language", ("en",)),
            Attribute(Tag.URI, "printer-uri", (f"ipp://localhost/printers/{name}",)),
        )
        groups = [Group(GroupTag.OPERATION, head)]
        if printer:
            groups.append(Group(GroupTag.PRINTER, printer))
        answer = send_request(address, Message(operation, 1, tuple(groups)), document)
        assert answer.code < 0x100, answer


@contextlib.contextmanager
def cups() -> Iterator[Cups]:
    """Run CUPS, without any queue."""
    # The backend that sends to printers runs as another user, who must be able to enter the folder.
    with tempfile.TemporaryDirectory(prefix="cups-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        with _running(folder) as running:
            yield running


@contextlib.contextmanager
def _running(folder: Path) -> Iterator[Cups]:
    for name in ("spool", "cache", "state", "tmp"):
        (folder / name).mkdir()
    port = free_port()
    config, files = folder / "cupsd.conf", folder / "cups-files.conf"
    config.write_text(_CONFIG.format(port=port, folder=folder))
    files.write_text(_FILES.format(folder=folder))
    with process(folder / "log", "cupsd", "-f", "-c", str(config), "-s", str(files)) as running:
        wait_until(lambda: answered(port) or running.poll() is not None)
        assert running.poll() is None, (folder / "log").read_text()
        yield Cups(port, folder)
