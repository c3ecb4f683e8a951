// TLS server connections over Debian's OpenSSL whose private keys are in another process.
//
// Everything that OpenSSL calls back while a handshake runs (names, protocols, tickets, signatures) is in this
// target, because it runs on a fibre with a small stack: C alone, shallow, over tables that were filled before.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The certificates, names and rules of one generation of the plan.
typedef struct masugata_tls_context masugata_tls_context;

/// The connections of one worker, by slot, and the signatures that they wait for. One engine, one thread.
typedef struct masugata_tls_engine masugata_tls_engine;

/// How a handshake stands.
enum {
    MASUGATA_TLS_DONE = 0,
    MASUGATA_TLS_WANT_READ = 1,
    MASUGATA_TLS_WANT_WRITE = 2,
    MASUGATA_TLS_WAITING = 3,
    MASUGATA_TLS_CLOSED = 4,
    MASUGATA_TLS_FAILED = 5,
};

/// What a read or write came to, when it moved nothing.
enum {
    MASUGATA_TLS_WOULD_BLOCK = -1,
    MASUGATA_TLS_ENDED = -2,
    MASUGATA_TLS_BROKEN = -3,
};

/// Why a callback of ours refused a handshake; 0: it was not one of ours.
enum {
    MASUGATA_TLS_REFUSED_UNKNOWN_NAME = 1,
    MASUGATA_TLS_REFUSED_BAD_NAME = 2,
    MASUGATA_TLS_REFUSED_APPLICATION_PROTOCOL = 3,
    MASUGATA_TLS_REFUSED_SIGNATURE = 4,
};

/// Bytes of one ticket key: name (16), AES-256 key (32), HMAC-SHA-256 key (32).
#define MASUGATA_TLS_TICKET_KEY_SIZE 80

/// A signature that a paused handshake waits for. `content` stays valid until it is answered or its connection ends.
struct masugata_tls_signing {
    uint64_t id;
    const uint8_t *content;
    uint32_t generation;
    uint16_t key;
    uint16_t scheme;
    uint16_t count;
    uint8_t kind;
};

/// Prepares OpenSSL for this process, without its configuration file. Call first; later calls change nothing.
bool masugata_tls_initialize(void);

masugata_tls_context *masugata_tls_context_new(uint32_t generation);
/// Gives the caller's reference up; connections keep theirs.
void masugata_tls_context_release(masugata_tls_context *context);
/// Connections that were begun with this context and have not ended.
uint32_t masugata_tls_context_connections(const masugata_tls_context *context);
/// `minimum` and `maximum` are 12 or 13; `alpn` is in wire format (RFC 7301), may be empty. Returns the number or -1.
int masugata_tls_context_add_profile(masugata_tls_context *context, const char *name, int minimum, int maximum,
                                     bool tickets, uint32_t ticket_seconds, const uint8_t *alpn, size_t alpn_count);
/// A set of certificates for the same names. Returns the number or -1.
int masugata_tls_context_add_identity(masugata_tls_context *context, int profile);
/// A chain in PEM, leaf first, whose private key is `key` of this generation at the key-holder.
bool masugata_tls_context_add_certificate(masugata_tls_context *context, int identity, const uint8_t *pem, size_t count,
                                          uint16_t key);
/// A listener whose default is `identity` (-1: it has no TLS). Returns the number or -1.
int masugata_tls_context_add_listener(masugata_tls_context *context, int identity, bool refuse_unknown);
/// A name in lower case, exact or `*.` and a name, for the listener added last. Names come in ascending byte order.
bool masugata_tls_context_add_name(masugata_tls_context *context, const char *name, int identity);

/// Slots for `capacity` connections, and at most `pending` signatures asked for at once.
masugata_tls_engine *masugata_tls_engine_new(uint32_t capacity, uint32_t pending);
void masugata_tls_engine_free(masugata_tls_engine *engine);
/// The newest key encrypts tickets, all of them decrypt. At most two.
void masugata_tls_set_ticket_keys(masugata_tls_engine *engine, const uint8_t *keys, size_t count);

/// Begins a connection in an empty slot. The socket stays the caller's, who closes it after `masugata_tls_end`.
bool masugata_tls_begin(masugata_tls_engine *engine, uint32_t slot, int fd, masugata_tls_context *context,
                        int listener);
int masugata_tls_handshake(masugata_tls_engine *engine, uint32_t slot);
long masugata_tls_read(masugata_tls_engine *engine, uint32_t slot, uint8_t *bytes, size_t count);
long masugata_tls_write(masugata_tls_engine *engine, uint32_t slot, const uint8_t *bytes, size_t count);
/// Sends close_notify. Returns 0, or one of the negative results above.
int masugata_tls_shutdown(masugata_tls_engine *engine, uint32_t slot);
/// Forgets the connection, whatever its state; nothing touches its socket afterwards. An empty slot is no error.
void masugata_tls_end(masugata_tls_engine *engine, uint32_t slot);

bool masugata_tls_is_open(const masugata_tls_engine *engine, uint32_t slot);
/// Why the last call on this connection failed: our refusal, else OpenSSL's code, else the socket's error number.
int masugata_tls_failure(const masugata_tls_engine *engine, uint32_t slot, int *error_number, unsigned long *code);
/// In lower case; NULL when the client sent none.
const uint8_t *masugata_tls_server_name(const masugata_tls_engine *engine, uint32_t slot, size_t *count);
const uint8_t *masugata_tls_alpn(const masugata_tls_engine *engine, uint32_t slot, size_t *count);
/// 12, 13, or 0 before it is known.
int masugata_tls_version(const masugata_tls_engine *engine, uint32_t slot);
/// The IANA number of the cipher suite, or 0.
uint16_t masugata_tls_cipher(const masugata_tls_engine *engine, uint32_t slot);
bool masugata_tls_resumed(const masugata_tls_engine *engine, uint32_t slot);
size_t masugata_tls_pending_bytes(const masugata_tls_engine *engine, uint32_t slot);

/// The oldest signature that nobody has asked for yet.
bool masugata_tls_next_signing(masugata_tls_engine *engine, struct masugata_tls_signing *signing);
/// The oldest one has been asked for.
void masugata_tls_signing_sent(masugata_tls_engine *engine);
/// The answer to `id`; a NULL signature is a refusal. Returns false when nobody waits for it any more.
bool masugata_tls_answer(masugata_tls_engine *engine, uint64_t id, const uint8_t *signature, size_t count);
/// Refuses every signature that has been asked for and not been answered. Returns how many.
uint32_t masugata_tls_refuse_sent(masugata_tls_engine *engine);
/// A slot whose handshake can go on, or -1.
int64_t masugata_tls_next_ready(masugata_tls_engine *engine);
/// Signatures not yet answered, those of connections that have ended meanwhile included.
uint32_t masugata_tls_pending(const masugata_tls_engine *engine);
