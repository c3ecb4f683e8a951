/// Why a body is not what its type says.
public enum BodyFault: UInt8, Sendable, Equatable, CaseIterable {
    // The Content-Type of a multipart body.
    case contentTypeMissing, mediaType, boundaryMissing, boundaryLetterCase, boundaryRepeated, boundaryMalformed
    case boundaryQuotes, boundaryContent, boundaryCharacters, boundaryEmpty

    // The lines of a multipart body.
    case noBoundary, finalBoundaryMissing, boundaryLine, boundaryLineQuotes, boundaryLineWhitespace

    // The headers of a part.
    case partHeaderNUL, partHeaderFolding, partHeaderColon, partHeaderName, partHeaderDuplicate
    case dispositionMissing, dispositionType, dispositionSyntax, dispositionParameter, dispositionDuplicate
    case dispositionName, dispositionFileName, dispositionExtendedName

    // JSON.
    case jsonEnded, jsonToken, jsonNumber, jsonEscape, jsonSurrogate, jsonControl, jsonUTF8, jsonKey, jsonColon
    case jsonSeparator, jsonTrailing

    // XML.
    case xmlEnded, xmlCharacter, xmlUTF8, xmlEncoding, xmlDeclaration, xmlMarkup, xmlName, xmlAttribute
    case xmlAttributeDuplicate, xmlEntity, xmlEndTag, xmlOutsideRoot, xmlComment, xmlInstruction, xmlDoctype
    case xmlSectionEnd
}
