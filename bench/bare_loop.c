/*
 * NAME
 *     bare_loop - the least that a proxy does for a request, to measure the user time of more against
 *
 * SYNOPSIS
 *     bare_loop LISTENER-PORT ORIGIN-PORT
 *
 * DESCRIPTION
 *     Forwards HTTP/1.1 between 127.0.0.1's ports with one edge-triggered loop and kept connections: a receive and a send
 *     on each side. It finds the end of a head and a response's Content-Length and adds two fields to the request; no
 *     parser, policy, timer, log or sandbox. For measurements alone: it trusts both sides, expects requests without a
 *     body, one at a time, and ends at anything else.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS = 4096, EVENTS = 256, BUFFER = 65536 };

static const char added[] = "X-Forwarded-For: 127.0.0.1\r\nVia: 1.1 bare\r\n\r\n";

struct side {
    int other;          /* the connection that the exchange joins it with, or -1 */
    int is_origin;
    size_t count;       /* bytes of an incomplete head */
    size_t remaining;   /* bytes of the response's body that are still to come */
    char *bytes;
};

static struct side sides[CONNECTIONS];
static int idle[CONNECTIONS], idle_count, poller;
static struct sockaddr_in origin;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void watch(int socket, int is_origin) {
    if (socket >= CONNECTIONS) fail("too many connections");
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.fd = socket};
    struct side *side = &sides[socket];
    if (!side->bytes) side->bytes = malloc(BUFFER);
    side->other = -1;
    side->is_origin = is_origin;
    side->count = side->remaining = 0;
    int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!side->bytes || epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event)) fail("epoll_ctl");
}

static int connect_origin(void) {
    if (idle_count) return idle[--idle_count];
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0 || connect(connection, (struct sockaddr *)&origin, sizeof origin)) fail("connect");
    watch(connection, 1);
    return connection;
}

static void put(int socket, const char *bytes, size_t count) {
    while (count) {
        ssize_t sent = send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN) return;
        if (sent < 0) continue;
        bytes += sent;
        count -= (size_t)sent;
    }
}

static void forward_request(int client, struct side *side) {
    char *end = memmem(side->bytes, side->count, "\r\n\r\n", 4);
    if (!end) return;
    size_t count = (size_t)(end - side->bytes) + 2;
    memcpy(side->bytes + count, added, sizeof added - 1);
    int server = connect_origin();
    side->other = server;
    sides[server].other = client;
    side->count = 0;
    put(server, side->bytes, count + sizeof added - 1);
}

static void forward_response(int server, struct side *side, size_t received) {
    if (side->remaining) {
        side->remaining -= received;
    } else {
        char *end = memmem(side->bytes, received, "\r\n\r\n", 4);
        char *length = end ? memmem(side->bytes, (size_t)(end - side->bytes), "Content-Length: ", 16) : NULL;
        if (!length) fail("a response without a head or Content-Length");
        side->remaining = strtoul(length + 16, NULL, 10) - (received - (size_t)(end + 4 - side->bytes));
    }
    int client = side->other;
    if (!side->remaining) {
        idle[idle_count++] = server;
        side->other = sides[client].other = -1;
    }
    put(client, side->bytes, received);
}

static void advance(int socket) {
    struct side *side = &sides[socket];
    ssize_t received = recv(socket, side->bytes + side->count, BUFFER - sizeof added - side->count, MSG_DONTWAIT);
    if (received < 0 && errno == EAGAIN) return;
    if (received <= 0) {
        if (side->is_origin || side->other >= 0) return;
        close(socket);
    } else if (side->is_origin) {
        size_t whole = (size_t)received;
        forward_response(socket, side, whole);
        if (sides[socket].remaining) advance(socket);
    } else {
        side->count += (size_t)received;
        forward_request(socket, side);
    }
}

int main(int count, char **words) {
    if (count != 3) {
        fprintf(stderr, "usage: bare_loop LISTENER-PORT ORIGIN-PORT\n");
        return 2;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    origin = address;
    address.sin_port = htons((uint16_t)atoi(words[1]));
    origin.sin_port = htons((uint16_t)atoi(words[2]));
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) fail("bind");
    poller = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[EVENTS];
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event)) fail("epoll");
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int index = 0; index < ready; index++) {
            int socket = events[index].data.fd;
            if (socket != listener) {
                if (events[index].events & (EPOLLIN | EPOLLRDHUP)) advance(socket);
                continue;
            }
            int client;
            while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) watch(client, 0);
        }
    }
}
