import SecLang
import Testing

@Suite("The base configuration")
struct SettingsTests {
    @Test("everything that it sets is read")
    func settings() {
        let settings = read(
            """
            SecRuleEngine DetectionOnly
            SecRequestBodyAccess On
            SecRequestBodyLimit 13107200
            SecRequestBodyNoFilesLimit 131072
            SecRequestBodyLimitAction ProcessPartial
            SecRequestBodyJsonDepthLimit 512
            SecArgumentsLimit 1000
            SecUploadFileLimit 10
            SecParseXmlIntoArgs OnlyArgs
            SecResponseBodyAccess Off
            SecResponseBodyMimeType text/plain
            SecResponseBodyMimeType text/html Text/XML
            SecResponseBodyLimit 524288
            SecResponseBodyLimitAction Reject
            SecDisableBackendCompression On
            SecArgumentSeparator &
            SecCookieFormat 0
            SecCookieV0Separator ;
            SecUnicodeMapFile unicode.mapping 20127
            SecCollectionTimeout 600
            SecAuditEngine RelevantOnly
            SecAuditLogRelevantStatus "^(?:5|4(?!04))"
            SecAuditLogParts ABIJDEFHZ
            SecWebAppId shop
            SecSensorId edge
            SecComponentSignature "OWASP_CRS/4.28.0"
            SecXmlExternalEntity Off
            """, files: ["unicode.mapping": "x\n\n20127 (US-ASCII)\n00a1:21 00a2:63\n1250 (x)\n00a1:99\n"]
        ).settings
        #expect(settings.ruleEngine == .detectionOnly)
        #expect(settings.requestBodyAccess == true)
        #expect(settings.requestBodyLimit == 13_107_200)
        #expect(settings.requestBodyNoFilesLimit == 131_072)
        #expect(settings.requestBodyLimitAction == .processPartial)
        #expect(settings.requestBodyJSONDepthLimit == 512)
        #expect(settings.argumentsLimit == 1000)
        #expect(settings.uploadFileLimit == 10)
        #expect(settings.parseXMLIntoArguments == .onlyArguments)
        #expect(settings.responseBodyAccess == false)
        #expect(settings.responseBodyMimeTypes == ["text/plain", "text/html", "text/xml"])
        #expect(settings.responseBodyLimit == 524_288)
        #expect(settings.responseBodyLimitAction == .reject)
        #expect(settings.disableBackendCompression == true)
        #expect(settings.argumentSeparator == UInt8(ascii: "&"))
        #expect(settings.cookieFormat == .netscape)
        #expect(settings.cookieSeparator == UInt8(ascii: ";"))
        #expect(settings.unicodeMap?.bytes == [0xa1: 0x21, 0xa2: 0x63])
        #expect(settings.collectionTimeout == 600)
        #expect(settings.auditEngine == .relevantOnly)
        #expect(settings.auditLogRelevantStatus?.need == .lookAround)
        #expect(settings.auditLogParts?.count == 9)
        #expect(settings.webApplicationID == "shop")
        #expect(settings.sensorID == "edge")
        #expect(settings.componentSignatures == ["OWASP_CRS/4.28.0"])
        #expect(settings.withoutEffect.isEmpty)
    }

    @Test("what is not written is not set, and the last of two holds")
    func absent() {
        let settings = read(
            "SecRuleEngine On\nSecRuleEngine Off\nSecResponseBodyMimeType a/b\nSecResponseBodyMimeTypesClear"
        )
        .settings
        #expect(settings.ruleEngine == .off)
        #expect(settings.responseBodyMimeTypes == [])
        #expect(settings.requestBodyAccess == nil)
        #expect(settings.requestBodyLimit == nil)
    }

    @Test(
        "what the appliance does in its own way is accepted, and kept with the reason",
        arguments: [
            "SecAuditLog /var/log/a", "SecAuditLogType Concurrent", "SecAuditLogFormat JSON", "SecDataDir /tmp",
            "SecDebugLog /tmp/a", "SecDebugLogLevel 3", "SecPcreMatchLimit 1000", "SecPcreMatchLimitRecursion 1000",
            "SecRequestBodyInMemoryLimit 131072", "SecStatusEngine On", "SecTmpDir /tmp", "SecUploadDir /tmp",
        ])
    func withoutEffect(line: String) {
        let ignored = read("\n" + line).settings.withoutEffect
        #expect(ignored.map(\.name) == [String(line.prefix { $0 != " " })])
        #expect(ignored.first?.reason.isEmpty == false)
        #expect(ignored.first?.origin.line == 2)
    }
}
