import { Ban, Circle, ThumbsDown, Trophy } from 'lucide-react'

/** How a deal stands, as a picture beside the word. */
export const statusIcons = { open: Circle, won: Trophy, lost: ThumbsDown, abandoned: Ban }
