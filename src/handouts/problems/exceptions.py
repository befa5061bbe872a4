"""The root of all exceptions of this package, and their tree.

Exceptions are for errors that the caller must handle at once. Errors in the files of a project are `Problem`s. Each
class is defined in the module that raises it:

    HandoutsError
        AddressUnavailableError         web.server
        AlreadyExistsError              scaffold.scaffold
        ApprovalRefusedError            approval.sign
        BadExchangeError                translating.messages
        BadRequestError                 infobutton.request
        BrokenFileError                 assets.broken_file
        BrokenProjectError              api.open_project
        BrokenSourceError               verify.current_print
        BusyError                       web.running_prints
        ChangedMeanwhileError           editing.save
        ChoiceError                     numbering.select
            CollisionError              build.plan.plan
            EmptySelectionError         numbering.select
            UnknownNameError            numbering.select
        CopiesError                     web.printer_form
        DestinationError                build.destination
            OneFileError                build.destination
        FailedPrintError                web.patient_print
        ForbiddenPrintError             web.form_prints
        HttpStatusError                 printing.ipp.exchange
        InvalidAddressError             printing.ipp.address
        MissingFontError                assets.language_fonts
        MixedPackError                  web.print_choice
        NoClusterError                  workers.cluster
        NoLongerInProjectError          verify.current_print
        NoOriginalError                 translating.exchange
        NoPageError                     publish.web_page
        NoProjectError                  api.open_project
        NoStatementError                provenance.statement
        NoVersionError                  review.versions
        NoWordWriterError               review.word_file
        NotAFontError                   html.fonts
        NotAPrintCodeError              schema.print_code
        NotAgreedError                  web.form_prints
        NotDrawnError                   web.page_painter
        NotEditableError                editing.yaml_fields
        NotIppError                     printing.ipp.message
        NotOfferedError                 web.print_choice
            UnknownPracticeError        web.print_choice
        NotOursError                    verify.embedded_statement
        NothingSelectedError            web.print_choice
        OutsideProjectError             model.project
        PrinterError                    printing.printer_errors
        PublishError                    publish.folder
        RefusedAddressError             assets.document_files
        RefusedChangeError              editing.save
        RefusedDocumentError            importing.blocks
        SupersededError                 web.running_prints
        TooLongError                    model.patient
        TooManyElementsError            assets.svg_growth
        TooSlowError                    system.time_limit
        UnknownPrinterError             web.printer_form
        UnknownShippedFileError         scaffold.shipped_files
        UnreachableError                printing.ipp.exchange
        UntrustedCertificateError       printing.ipp.exchange
        WorkerError                     workers.errors
            TimedOutError               workers.errors
            UnfitWorkerError            workers.errors
            UnpreparedWorkerError       workers.errors
            WorkerDiedError             workers.errors
"""


class HandoutsError(Exception):
    """Base class of every exception of this package; its text says what is wrong."""
