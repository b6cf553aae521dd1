/* A reader that can be unplugged: every call goes on to vpcd's driver, until a file says that the cable is out.

   pcscd asks a driver for the card's presence when it is told (SIGUSR1) to look for its readers again; a driver that
   fails then is removed, and added again once it answers. Test only: it is compiled by the test that uses it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

typedef long RESPONSECODE;
typedef unsigned long DWORD;

#define COMMUNICATION_ERROR 612

static void *inner(const char *name)
{
    static void *driver;
    if (!driver)
        driver = dlopen(INNER, RTLD_NOW | RTLD_LOCAL);
    return driver ? dlsym(driver, name) : NULL;
}

static int pulled(void)
{
    return access(CABLE_IS_OUT, F_OK) == 0;
}

#define PASS(name, types, values)                                                                                      \
    RESPONSECODE name types                                                                                            \
    {                                                                                                                  \
        RESPONSECODE(*call) types = inner(#name);                                                                      \
        if (!call || pulled())                                                                                         \
            return COMMUNICATION_ERROR;                                                                                \
        return call values;                                                                                            \
    }

PASS(IFDHCreateChannel, (DWORD lun, DWORD channel), (lun, channel))
PASS(IFDHCreateChannelByName, (DWORD lun, char *name), (lun, name))
PASS(IFDHGetCapabilities, (DWORD lun, DWORD tag, DWORD *length, unsigned char *value), (lun, tag, length, value))
PASS(IFDHSetCapabilities, (DWORD lun, DWORD tag, DWORD length, unsigned char *value), (lun, tag, length, value))
PASS(IFDHSetProtocolParameters,
     (DWORD lun, DWORD protocol, unsigned char flags, unsigned char a, unsigned char b, unsigned char c),
     (lun, protocol, flags, a, b, c))
PASS(IFDHPowerICC, (DWORD lun, DWORD action, unsigned char *atr, DWORD *length), (lun, action, atr, length))
PASS(IFDHICCPresence, (DWORD lun), (lun))
PASS(IFDHControl,
     (DWORD lun, DWORD code, unsigned char *tx, DWORD txl, unsigned char *rx, DWORD rxl, DWORD *back),
     (lun, code, tx, txl, rx, rxl, back))

/* The protocol header comes and goes by value and by pointer, as ifdhandler.h says. */
typedef struct {
    DWORD protocol;
    DWORD length;
} HEADER;

RESPONSECODE IFDHTransmitToICC(DWORD lun, HEADER pci, unsigned char *tx, DWORD txl, unsigned char *rx, DWORD *rxl,
                               HEADER *back)
{
    RESPONSECODE (*call)(DWORD, HEADER, unsigned char *, DWORD, unsigned char *, DWORD *, HEADER *) =
        inner("IFDHTransmitToICC");
    if (!call || pulled())
        return COMMUNICATION_ERROR;
    return call(lun, pci, tx, txl, rx, rxl, back);
}

/* Closing must reach vpcd even when the cable is out: it lets go of the port. */
RESPONSECODE IFDHCloseChannel(DWORD lun)
{
    RESPONSECODE (*call)(DWORD) = inner("IFDHCloseChannel");
    return call ? call(lun) : COMMUNICATION_ERROR;
}
