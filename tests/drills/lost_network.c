/* No way out for as long as the file exists that LOST_NETWORK names: nothing connects, and what was connected is cut, as when
   a machine loses its only interface. For LD_PRELOAD. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int lost(void) {
    const char *path = getenv("LOST_NETWORK");
    return path && access(path, F_OK) == 0;
}

static int is_inet(int socket) {
    int family = 0;
    socklen_t size = sizeof family;
    return getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0 && (family == AF_INET || family == AF_INET6);
}

int connect(int socket, const struct sockaddr *to, socklen_t size) {
    if (lost() && (to->sa_family == AF_INET || to->sa_family == AF_INET6)) {
        errno = ENETUNREACH;
        return -1;
    }
    return (int)syscall(SYS_connect, socket, to, size);
}

ssize_t sendto(int socket, const void *what, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    if (lost() && is_inet(socket)) {
        syscall(SYS_shutdown, socket, SHUT_RDWR);
        errno = ENETUNREACH;
        return -1;
    }
    return syscall(SYS_sendto, socket, what, size, flags, to, length);
}

ssize_t send(int socket, const void *what, size_t size, int flags) { return sendto(socket, what, size, flags, NULL, 0); }
