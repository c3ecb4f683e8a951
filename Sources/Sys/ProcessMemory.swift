internal import CLinux

/// The memory of this process as the host sees it.
public enum ProcessMemory {
    /// Gives the code and constants that only the start needed back to the page cache. What is used again is found
    /// there, so this may be called at any time; after the start it lowers what the process holds by more than half.
    public static func releaseCleanPages() { masugata_release_clean_pages() }
}
