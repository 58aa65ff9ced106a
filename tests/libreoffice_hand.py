"""A person at LibreOffice Writer: real typing, copying and deleting in a document.

The commands go through Writer's own dispatcher, so that bookmarks, runs and tracked
changes become what they become under a person's hands.
"""

import tempfile
from pathlib import Path

from tests.programs import run_macro

Command = tuple[str, ...]


def retype(context: str, old: str, new: str) -> Command:
    """Select words behind some others and type new ones."""
    return "retype", context, old, new


def bold(context: str, words: str) -> Command:
    """Set words behind some others in bold."""
    return "bold", context, words


def track(*, on: bool) -> Command:
    """Switch the tracking of changes on or off."""
    return "track", str(int(on))


def copy(words: str) -> Command:
    """Copy the paragraph with these words to the end."""
    return "copy", words


def delete(words: str) -> Command:
    """Empty the paragraph with these words."""
    return "delete", words


def work(draft: Path, *commands: Command) -> None:
    """Let a person open a draft, do all this, and save it."""
    with tempfile.TemporaryDirectory() as name:
        listing, saved = Path(name) / "list.txt", Path(name) / "saved.docx"
        urls = (draft.resolve().as_uri(),), (saved.as_uri(),)
        lines = ["\t".join(line) for line in (*urls, *commands)]
        listing.write_text("\n".join(lines), "utf-8")
        run_macro(_MACRO, f'WorkAll("{listing.as_uri()}")')
        draft.write_bytes(saved.read_bytes())


_MACRO = """
Sub WorkAll(listing As String)
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(files.openFileRead(listing))
  lines.setEncoding("UTF-8")
  Dim none()
  document = StarDesktop.loadComponentFromURL(lines.readLine(), "_blank", 0, none())
  target = lines.readLine()
  Do While Not lines.isEOF()
    Perform(document, Split(lines.readLine(), Chr(9)))
  Loop
  lines.closeInput()
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub

Sub Perform(document, command)
  Select Case command(0)
    Case "retype"
      document.CurrentController.select(Found(document, command(1), command(2)))
      Dim text(0) As New com.sun.star.beans.PropertyValue
      text(0).Name = "Text"
      text(0).Value = command(3)
      Dispatch(document, "InsertText", text())
    Case "bold"
      document.CurrentController.select(Found(document, command(1), command(2)))
      Dispatch(document, "Bold", Array())
    Case "track"
      document.RecordChanges = (command(1) = "1")
    Case "copy"
      SelectParagraph(document, command(1))
      Dispatch(document, "Copy", Array())
      document.CurrentController.ViewCursor.gotoEnd(False)
      Dispatch(document, "InsertPara", Array())
      Dispatch(document, "Paste", Array())
    Case "delete"
      SelectParagraph(document, command(1))
      Dispatch(document, "Delete", Array())
  End Select
End Sub

Function Found(document, context, words)
  search = document.createSearchDescriptor()
  search.SearchString = context
  before = document.findFirst(search)
  search.SearchString = words
  Found = document.findNext(before.End, search)
End Function

Sub SelectParagraph(document, words)
  search = document.createSearchDescriptor()
  search.SearchString = words
  place = document.findFirst(search)
  cursor = place.Text.createTextCursorByRange(place)
  cursor.gotoStartOfParagraph(False)
  cursor.gotoEndOfParagraph(True)
  document.CurrentController.select(cursor)
End Sub

Sub Dispatch(document, command, properties)
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  dispatcher.executeDispatch(frame, ".uno:" & command, "", 0, properties)
End Sub
"""
