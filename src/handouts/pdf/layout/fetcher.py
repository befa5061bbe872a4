"""WeasyPrint's way to load files: only those that a document may load."""

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from handouts.assets.document_files import DocumentFiles


class DocumentFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint publishes no types
    """Loads each address through the files of a document."""

    def __init__(self, files: DocumentFiles) -> None:
        """Take the files."""
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - as in the class extended
        """Load one address; raise RefusedAddressError or BrokenFileError."""
        loaded = self.files.load(url)
        return URLFetcherResponse(loaded.address, loaded.content, {"Content-Type": loaded.media_type})
